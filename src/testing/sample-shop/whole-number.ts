/** Throws a `TypeError` that names the option unless the value is a whole number within bounds. */
export function requireWholeNumber(
  option: string,
  value: number,
  least: number,
  most: number,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new TypeError(`"${option}" must be a whole number from ${least} to ${most}`)
}
