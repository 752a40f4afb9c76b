import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HoldpointError, optionInvalid } from '../core/errors.ts'
import { defineConfig, type HoldpointConfig } from './config.ts'

const NAMES = ['ts', 'mts', 'js', 'mjs'].map((ending) => `holdpoint.config.${ending}`)

/** The owner's configuration file in `folder`, if there is one. */
export function findConfig(folder: string): string | undefined {
  return NAMES.map((name) => resolve(folder, name)).find((path) => existsSync(path))
}

/** Runs a configuration file and checks what it exports. Throws `HP_ERR_OPTION_INVALID` naming the file. */
export async function loadConfig(path: string): Promise<HoldpointConfig> {
  const file = resolve(path)
  if (!existsSync(file)) throw optionInvalid('config', `${file} is not there`)
  const { default: config } = await importFile(file)
  if (config === undefined) {
    throw optionInvalid(
      'config',
      `${file} has no default export; write: export default defineConfig({ … })`,
    )
  }
  return defineConfig(config)
}

async function importFile(file: string): Promise<{ readonly default?: HoldpointConfig }> {
  try {
    return await import(/* the owner's own file */ pathToFileURL(file).href)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new HoldpointError(
      'HP_ERR_OPTION_INVALID',
      `config: ${file} could not be read: ${why}`,
      { option: 'config' },
      { cause },
    )
  }
}
