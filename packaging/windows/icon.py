"""Draws xingping.ico, a gold star on red. usage: python3 icon.py (needs Pillow)"""

import math
import pathlib

from PIL import Image, ImageDraw

SIZE = 256
picture = Image.new("RGBA", (SIZE * 4, SIZE * 4), (0, 0, 0, 0))
draw = ImageDraw.Draw(picture)
edge = SIZE * 4
draw.rounded_rectangle((0, 0, edge - 1, edge - 1), radius=edge // 6, fill=(178, 34, 34, 255))
middle = edge / 2
points = [
    (
        middle + math.sin(math.pi * corner / 5) * edge * (0.4 if corner % 2 == 0 else 0.155),
        middle * 1.04 - math.cos(math.pi * corner / 5) * edge * (0.4 if corner % 2 == 0 else 0.155),
    )
    for corner in range(10)
]
draw.polygon(points, fill=(255, 215, 0, 255))
picture = picture.resize((SIZE, SIZE), Image.LANCZOS)
sizes = [(size, size) for size in (16, 24, 32, 48, 64, 128, 256)]
picture.save(pathlib.Path(__file__).with_name("xingping.ico"), sizes=sizes)
