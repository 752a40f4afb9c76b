import { availableParallelism, cpus, loadavg } from 'node:os'

/** Figures of one run: what was measured on what, under which load. */
export interface Report {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Said below the table. */
  readonly notes?: readonly string[]
}

/** `2 cores (…), Node 24.21.0, Chromium 156…`. Ratios of two runs on different machines do not compare. */
export function printMachine(more: readonly string[] = []): void {
  const model = cpus()[0]?.model.trim() || 'unknown processor'
  const parts = [
    `${availableParallelism()} cores (${model})`,
    `Node ${process.versions.node}`,
    process.platform,
    ...more,
  ]
  console.log(parts.join(', '))
}

/** Load averages of the last minute, as a figure is only as good as the machine was quiet. */
export function loadNow(): string {
  // Windows has no load average and says 0.
  return loadavg()[0]?.toFixed(1) ?? '?'
}

/** Prints a table: first column to the left, figures to the right. */
export function print({ title, columns, rows, notes = [] }: Report): void {
  const all = [columns, ...rows]
  const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return column === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('   ')
      .trimEnd()
  console.log(['', title, ...all.map((row) => `  ${line(row)}`), ...notes.map(indent)].join('\n'))
}

function indent(note: string): string {
  return `  ${note}`
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`
}

export function times(value: number): string {
  return `${value.toFixed(2)}×`
}
