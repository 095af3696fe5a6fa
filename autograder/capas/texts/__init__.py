"""Every sentence that people read, by language, and how numbers and places are written in them."""
