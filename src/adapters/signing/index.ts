export { createChecker } from './checker.ts'
export { createSigner, type SignerOptions } from './signer.ts'
