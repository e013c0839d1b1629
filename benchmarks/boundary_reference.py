"""Times ml-depth-pro's boundary metrics on the pair that our benchmarks use, to set beside their times.

    dotnet run -c Release --project benchmarks/DepthPro.Benchmarks -- --write-pair PAIR
    python3 benchmarks/boundary_reference.py ML_DEPTH_PRO PAIR

ML_DEPTH_PRO is a checkout of apple/ml-depth-pro, PAIR the folder written by the first command, which also prints our scores. Needs NumPy below 2.
"""

import importlib.util
import pathlib
import sys
import time

import numpy


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source = pathlib.Path(sys.argv[1], "src", "depth_pro", "eval", "boundary_metrics.py")
    specification = importlib.util.spec_from_file_location("boundary_metrics", source)
    reference = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(reference)

    prediction, truth, mask = (numpy.load(pathlib.Path(sys.argv[2], name + ".npy")) for name in ("prediction", "truth", "mask"))
    for name, score in (
        ("boundary F1", lambda: reference.SI_boundary_F1(prediction, truth)),
        ("mask recall", lambda: reference.SI_boundary_Recall(prediction, mask)),
    ):
        start = time.perf_counter()
        value = score()
        print(f"{name} {value!r} in {time.perf_counter() - start:.2f} s (NumPy {numpy.__version__})")


main()
