"""The course as web pages: its handouts, places to answer that check in the browser, and pictures that move.

Pages are made from what students receive and from the handouts. So nothing is in them that a notebook does not have.
"""
