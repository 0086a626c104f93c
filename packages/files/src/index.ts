// File formats as pure functions: bytes in, arrays out, and back.
export {};
