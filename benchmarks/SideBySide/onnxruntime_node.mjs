// The network in onnxruntime-node: node onnxruntime_node.mjs MODEL.onnx INPUT.f32 SIDE OUTPUT.f32 THREADS
// Prints how many seconds opening, the first run and later runs took, for three seconds or once; writes canonical inverse depth and field of view.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [model, input, side, output, threads] = process.argv.slice(2);
const { InferenceSession, Tensor } = createRequire(join(process.cwd(), 'package.json'))('onnxruntime-node');

const bytes = readFileSync(input);
const pixels = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
async function timed(what, run) {
  const start = performance.now();
  const result = await run();
  console.log(`${what} ${(performance.now() - start) / 1000}`);
  return result;
}

const options = { graphOptimizationLevel: 'all', intraOpNumThreads: Number(threads) };
const session = await timed('opened', () => InferenceSession.create(model, options));
const feeds = { pixel_values: new Tensor('float32', pixels, [1, 3, Number(side), Number(side)]) };
const wanted = ['canonical_inverse_depth', 'field_of_view_degrees'];
let result = await timed('first', () => session.run(feeds, wanted));
const start = performance.now();
do {
  result = null;
  result = await timed('run', () => session.run(feeds, wanted));
} while (performance.now() - start < 3000);
const { canonical_inverse_depth: depth, field_of_view_degrees: degrees } = result;
writeFileSync(output, Buffer.concat([depth, degrees].map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength))));
