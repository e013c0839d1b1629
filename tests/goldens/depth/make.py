"""Writes the files beside it with NumPy, Pillow and netpbm. Opt-in: the tests read only what is committed.

python3 make.py   (Debian: apt-get install python3-numpy python3-pil netpbm)
"""
import json
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image

FOLDER = Path(__file__).parent
H, W = 3, 5
expected = {}


def expect(name, array):
    """Float32 values as bits, so that JSON keeps NaN and every digit."""
    with np.errstate(over="ignore"):
        values = np.ascontiguousarray(array).astype(np.float32)
    expected[name] = {"shape": list(array.shape), "bits": values.view(np.uint32).ravel().tolist()}


def extremes(dtype):
    """Values in which a wrong size, sign or byte order shows."""
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        return np.arange(H * W).reshape(H, W) % 3 == 0
    if dtype.kind == "f":
        info = np.finfo(dtype)
        special = [info.max, info.min, info.tiny, np.nan, np.inf, -np.inf, -0.0, 1 / 3]
    else:
        info = np.iinfo(dtype)
        special = [info.max, info.min, info.max // 3, info.min // 3]
    values = np.zeros(H * W, dtype)
    values[: len(special)] = special
    values[len(special):] = np.arange(H * W - len(special)) * 7 + 1
    return values.reshape(H, W)


arrays = {}
for code in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"]:
    for order in "<>" if int(code[1]) > 1 else "|":
        for layout in "CF":
            name = {"<": "little", ">": "big", "|": "byte"}[order] + f"_{code}_{layout}"
            arrays[name] = np.array(extremes(code), dtype=order + code, order=layout)
            expect(name, arrays[name])
np.savez(FOLDER / "arrays.npz", **arrays)
np.savez_compressed(FOLDER / "arrays_compressed.npz", **arrays)

depth = (np.arange(H * W, dtype=np.float32).reshape(H, W) + 1) / 4
expect("depth", depth)
for version in (1, 2, 3):
    with open(FOLDER / f"version{version}.npy", "wb") as file:
        np.lib.format.write_array(file, depth, version=(version, 0))
np.save(FOLDER / "batch.npy", depth[None])
np.save(FOLDER / "channel_f.npy", np.asfortranarray(depth[:, :, None]))
np.savez_compressed(FOLDER / "depth_among_others.npz", depth=depth, focallength_px=np.float32(700), mask=depth > 1)
np.savez(FOLDER / "only.npz", disparity=depth)
np.savez(FOLDER / "several.npz", a=depth, b=depth)
np.save(FOLDER / "complex.npy", depth.astype(np.complex64))
np.save(FOLDER / "object.npy", np.array([[1, None]], dtype=object))
np.save(FOLDER / "text.npy", np.array([["1.0", "2.0"]]))
np.save(FOLDER / "times.npy", np.zeros((1, 2), "M8[s]"))
np.save(FOLDER / "longdouble.npy", np.zeros((1, 2), np.longdouble))
np.save(FOLDER / "records.npy", np.zeros((1, 2), [("depth", "<f4"), ("shape", "<i4")]))

random = np.random.default_rng(0)
y, x = np.mgrid[0:40, 0:53]
millimeters = (1000 + 37 * x + 11 * y + random.integers(0, 4, x.shape)).astype(np.uint16)
millimeters[5:9, 7:30] = 0
millimeters[20:, 40:] = 65535
Image.fromarray(millimeters).save(FOLDER / "millimeters.png")
expect("millimeters", millimeters)

matte = np.clip(255 * (1.2 - np.hypot(x - 26, y - 20) / 18), 0, 255).astype(np.uint8)
expect("matte", matte)
Image.fromarray(matte).save(FOLDER / "matte_grey.png")
Image.fromarray(np.stack([255 - matte, matte], -1), "LA").save(FOLDER / "matte_grey_alpha.png")
Image.fromarray(np.stack([255 - matte, matte // 2, matte // 3, matte], -1), "RGBA").save(FOLDER / "matte_rgba.png")
Image.fromarray(np.stack([matte] * 3, -1), "RGB").save(FOLDER / "matte_rgb.png")
Image.fromarray(np.stack([matte] * 3 + [np.full_like(matte, 255)], -1), "RGBA").save(FOLDER / "matte_opaque_rgba.png")
palette = Image.fromarray(255 - matte, "P")
palette.putpalette([255 - i // 3 for i in range(768)])
palette.save(FOLDER / "matte_palette.png")
Image.fromarray(matte > 127).save(FOLDER / "inside.png")
Image.fromarray((matte > 127).astype(np.uint8)).save(FOLDER / "inside_0_1.png")
expect("inside", matte > 127)

samples = np.arange(15).reshape(3, 5) * 4369 // 2
pgm = b"P5 5 3 65535\n" + samples.astype(">u2").tobytes()
for name, order in (("little", "<f4"), ("big", ">f4")):
    pfm = subprocess.run(["pamtopfm", f"-endian={name}"], input=pgm, capture_output=True, check=True).stdout
    (FOLDER / f"netpbm_{name}.pfm").write_bytes(pfm)
    values = np.frombuffer(pfm[-60:], order).reshape(3, 5)[::-1]
    assert np.allclose(values, samples / 65535, rtol=1e-6)
    expect("netpbm", values)

(FOLDER / "expected.json").write_text(json.dumps(expected) + "\n")
