import type { Sharp, SharpOptions } from 'sharp'

/** An image of sharp's, which is loaded with the first picture and not with the package. */
export async function imageOf(input: Uint8Array, options?: SharpOptions): Promise<Sharp> {
  const { default: sharp } = await import('sharp')
  return sharp(input, options)
}
