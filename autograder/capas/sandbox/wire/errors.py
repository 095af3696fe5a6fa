"""What is refused on the pipe."""


class WireError(Exception):
    """Data that may not travel, or bytes that are not in the protocol."""


class TooLargeError(WireError):
    """Far more data than any case asks for."""
