"""The OpenAPI reader: OpenAPI 3.0, 3.1 (3.2 as far as it agrees) and Swagger 2.0 -> the model.

In reading order: `document` reads a whole document; it finds the version (`dialect`), the servers (`servers`), the
security schemes (`security`) and the operations (`operations`). An operation is read from its path template (`paths`),
`parameters` (with `parameter_nodes`, and `defaults` for their documentation), `bodies` and `responses` (whose
`response_content` ranks what they hold; `media` knows media types). All of them ask `schemas` for types and `values` for
examples.

A schema becomes a type in these steps. `refs` follows a `$ref` to a `SchemaNode`: JSON and its pointer. `graph` finds
which schemas are recursive, and which differ between requests and responses. `resolution` looks through schemas that
only name another one. `all_of` merges a schema with what it refers to and combines, one level deep, into a
`merged_schema`; `keywords` knows what each keyword is for. `one_of` reads alternatives, `discriminators` their tags and
subtypes. `schemas` then builds the type: `enums`, `scalars` and `union_types` make its parts, `inlining` bounds what has
no name, `schema_keys` names the rest, and `flatten` makes one object of a body for keyword arguments.
"""
