"""Files to a folder: what may be written where, safely, and what differs. Imports nothing of ours."""
