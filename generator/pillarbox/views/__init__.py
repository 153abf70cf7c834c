"""What is shown of a client besides its code: `inspect`, `explain`, API.md, losses."""
