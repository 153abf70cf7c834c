"""Pets of several kinds, in both directions, and one of a kind that the document does not have."""

from pets import AsyncPets, Pets, models


def main(url: str) -> None:
    with Pets(base_url=url) as client:
        cat = client.pets.create(body=models.Cat(name="Tom", lives=7))
        dog = client.pets.create(body={"kind": "dog", "name": "Rex", "size": "large"})
        show(cat, dog, *client.pets.list(size=["small", "large"]))
        shelter = client.shelter.update(city="Bonn", residents=[cat, dog], sizes={"small"})
        print(shelter.city, [pet.kind for pet in shelter.residents], sorted(shelter.sizes))
        print(client.pets.checkup(1).weight, client.pets.checkup(2, weight=3.5).weight)


async def main_async(url: str) -> None:
    async with AsyncPets(base_url=url) as client:
        cat = await client.pets.create(body=models.Cat(name="Tom", lives=7))
        dog = await client.pets.create(body={"kind": "dog", "name": "Rex", "size": "large"})
        show(cat, dog, *await client.pets.list(size=["small", "large"]))
        shelter = await client.shelter.update(city="Bonn", residents=[cat, dog], sizes={"small"})
        print(shelter.city, [pet.kind for pet in shelter.residents], sorted(shelter.sizes))
        reports = [await client.pets.checkup(1), await client.pets.checkup(2, weight=3.5)]
        print(*(report.weight for report in reports))


def show(*pets: models.Pet) -> None:
    for pet in pets:
        if pet.kind == "cat":
            print(pet.name, "has", pet.lives, "lives")
        elif isinstance(pet, models.Dog):
            print(pet.name, "is", pet.size)
        else:
            print("no model for", pet.unknown_kind)
