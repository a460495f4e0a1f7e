#!/usr/bin/env python3
"""Makes every icon of the app from the two drawings beside this file; see README.md."""

import pathlib
import struct
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
# Up to this size the full drawing blurs, so the one on the pixel grid is used.
LARGEST_SMALL = 32
ICNS = {"icp4": 16, "ic11": 32, "icp5": 32, "ic12": 64, "ic07": 128, "ic13": 256, "ic08": 256, "ic14": 512, "ic09": 512, "ic10": 1024}
# macOS draws icons inside a margin, so that they sit with their neighbours in the Dock.
MAC_SHARE = 0.88


def render(size: int, target: pathlib.Path) -> None:
    source = HERE / ("parta-small.svg" if size <= LARGEST_SMALL else "parta.svg")
    subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), source, "-o", target], check=True)
    rgba(target, target)


def rgba(source: pathlib.Path, target: pathlib.Path, *options: str) -> None:
    subprocess.run(["convert", source, *options, "-strip", "-depth", "8", f"PNG32:{target}"], check=True)


def main() -> None:
    for size in SIZES:
        render(size, HERE / f"{size}x{size}.png")
    (HERE / "128x128@2x.png").write_bytes((HERE / "256x256.png").read_bytes())
    (HERE / "icon.png").write_bytes((HERE / "512x512.png").read_bytes())

    ico = [HERE / f"{size}x{size}.png" for size in (16, 24, 32, 48, 64, 256)]
    subprocess.run(["convert", *ico, HERE / "icon.ico"], check=True)

    with tempfile.TemporaryDirectory() as folder:
        entries = b""
        for kind, size in ICNS.items():
            inner, framed = pathlib.Path(folder) / "inner.png", pathlib.Path(folder) / "framed.png"
            if size <= LARGEST_SMALL:
                render(size, framed)
            else:
                render(round(size * MAC_SHARE), inner)
                rgba(inner, framed, "-background", "none", "-gravity", "center", "-extent", f"{size}x{size}")
            data = framed.read_bytes()
            entries += kind.encode() + struct.pack(">I", len(data) + 8) + data
        (HERE / "icon.icns").write_bytes(b"icns" + struct.pack(">I", len(entries) + 8) + entries)


if __name__ == "__main__":
    main()
