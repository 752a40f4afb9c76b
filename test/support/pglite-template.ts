import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'

/**
 * Path of a tarball of an empty PGlite data folder. Made once per version of PGlite and kept beside
 * `node_modules`, as making it takes seconds and starting from it half of one.
 */
export async function pgliteTemplate(): Promise<string> {
  const root = join(import.meta.dirname, '../..', 'node_modules')
  const manifest = await readFile(join(root, '@electric-sql/pglite/package.json'), 'utf8')
  const { version } = JSON.parse(manifest)
  const folder = join(root, '.cache/holdpoint')
  // Not compressed: unpacking would take longer than starting.
  const path = join(folder, `pglite-${version}.tar`)
  if (existsSync(path)) return path

  const db = await PGlite.create('memory://')
  const tarball = await db.dumpDataDir('none')
  await db.close()
  await mkdir(folder, { recursive: true })
  const draft = `${path}.${process.pid}`
  await writeFile(draft, Buffer.from(await tarball.arrayBuffer()))
  await rename(draft, path)
  return path
}
