"""embed.html: the snippet that puts the map into an article or a report, responsive and titled."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import quote

from maps.errors import MapError
from maps.headline import headline
from maps.page.build import HasAtlas
from routes.model import Atlas

RATIO = "62%"
"""Height of the frame as a share of its width."""
MIN_HEIGHT_PX = 520
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""The map may run its script and open a source in a new tab; it may not touch the page round it."""


def embed_snippet(map_path: str | Path, *, title: str, inline: bool = False) -> str:
    """The snippet for a map page.

    Args:
        map_path: The map.html to show.
        title: What screen readers and search engines call the frame; escaped here.
        inline: Put the whole map into the snippet (as ``srcdoc``) instead of pointing at the file beside it.

    Raises:
        MapError: If the map is to be put inside and cannot be read.
    """
    path = Path(map_path)
    if inline:
        try:
            page = path.read_text(encoding="utf-8")
        except OSError as error:
            raise MapError(f"{path}: cannot be read ({error.strerror}); write the map first") from error
        source = f'srcdoc="{escape(page)}"'
    else:
        source = f'src="{escape(quote(path.name))}"'
    # A lone surrogate cannot be written as UTF-8; a title with one shows the replacement character instead.
    words = escape(title.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    return (
        f'<div style="position:relative;width:100%;height:0;padding-bottom:max({RATIO},{MIN_HEIGHT_PX}px)">\n'
        f'<iframe {source} title="{words}" sandbox="{SANDBOX}" loading="lazy" allowfullscreen '
        'referrerpolicy="no-referrer" style="position:absolute;inset:0;width:100%;height:100%;border:0"></iframe>\n'
        "</div>\n"
    )


def write_embed(
    layers: HasAtlas | Atlas, path: str | Path, map_path: str | Path, *, title: str | None = None, inline: bool = False
) -> Path:
    """Write the snippet beside a map that is already written.

    Args:
        layers: What the map shows, for its title.
        path: The embed.html to write.
        map_path: The map.html it shows.
        title: Title of the frame; made from the atlas where it is None.
        inline: As for ``embed_snippet``.
    """
    atlas = layers if isinstance(layers, Atlas) else layers.atlas
    target = Path(path)
    part = target.with_name(target.name + ".part")
    snippet = embed_snippet(map_path, title=title or headline(atlas), inline=inline)
    part.write_text('<!DOCTYPE html>\n<meta charset="utf-8">\n' + snippet, encoding="utf-8", newline="\n")
    part.replace(target)
    return target
