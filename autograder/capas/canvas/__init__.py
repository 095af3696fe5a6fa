"""There and back: what Canvas takes and gives, in files and over its API; Gradescope's and Moodle's exports, too."""
