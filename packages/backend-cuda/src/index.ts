// CUDA in Node through tfjs-node-gpu on a current libtensorflow.
export {};
