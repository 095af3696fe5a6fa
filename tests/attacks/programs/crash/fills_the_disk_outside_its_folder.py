"""A program that fills the disk outside its folder.

earns = 5.0
stopped_by = ["landlock"]
harm = "writes"
dangerous = true
"""

for number in range(20):
    with open(f"{OPEN}/{number}", "wb") as file:
        file.write(b"x" * 2**20)
