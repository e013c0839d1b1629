"""The reference itself in PyTorch, from a copy of its sources.

    python3 pytorch_reference.py PATHS WEIGHTS.safetensors INPUT.f32 OUTPUT.f32 THREADS DEVICE DTYPE

PATHS: folders joined by ':' to import from, ml-depth-pro's src and timm 0.9's among them. Prints how many seconds opening
and a run took, on a GPU of several runs; writes canonical inverse depth and field of view. OPENBLAS_NUM_THREADS=1 in the environment keeps OpenBLAS's threads from standing
in the way of PyTorch's (measured with Debian 12's PyTorch 1.13).
"""

import importlib.util
import json
import math
import sys
import time
import types

paths, weights, network_input, output, threads, device, dtype = sys.argv[1:]
sys.path[:0] = paths.split(":")
if importlib.util.find_spec("pillow_heif") is None:
    # The reference imports it to read photos, which it does not do here.
    sys.modules["pillow_heif"] = types.ModuleType("pillow_heif")
    sys.modules["pillow_heif"].register_heif_opener = lambda: None

import numpy
import torch


def timed(what, run):
    start = time.perf_counter()
    result = run()
    if device != "cpu":
        torch.cuda.synchronize()
    print(what, time.perf_counter() - start, flush=True)
    return result


def safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        start = file.tell()
    data = numpy.memmap(path, numpy.uint8, "r", start)
    return {
        name: torch.from_numpy(data[slice(*tensor["data_offsets"])].view("<f4").reshape(tensor["shape"]).copy())
        for name, tensor in header.items()
        if name != "__metadata__"
    }


def opened():
    from depth_pro.depth_pro import DepthProConfig, create_model_and_transforms

    preset = "dinov2l16_384"
    config = DepthProConfig(preset, preset, decoder_features=256, checkpoint_uri=None, use_fov_head=True, fov_encoder_preset=preset)
    model, _ = create_model_and_transforms(config)
    missing, unexpected = model.load_state_dict(safetensors(weights), strict=False)
    unused = [name for name in missing if not name.startswith("decoder.fusions.4.resnet1.")]
    if unused or unexpected:
        raise SystemExit(f"The weights are not the reference's: without {unused[:3]}, with {unexpected[:3]}.")
    return model.to(device, getattr(torch, dtype)).eval()


torch.set_num_threads(int(threads))
x = torch.from_numpy(numpy.fromfile(network_input, "<f4"))
side = math.isqrt(x.numel() // 3)
x = x.reshape(1, 3, side, side)
model = timed("opened", opened)


def run():
    depth, degrees = model(x.to(device, getattr(torch, dtype)))
    return [tensor.float().cpu().numpy().ravel() for tensor in (depth, degrees)]


with torch.no_grad():
    result = timed("first", run)
    for _ in range(0 if device == "cpu" else 20):
        timed("run", run)
numpy.concatenate(result).astype("<f4").tofile(output)
