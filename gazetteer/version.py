"""The version of dateline; in the room that imports no other, so that every room can name it."""

VERSION = "0.1.0"
