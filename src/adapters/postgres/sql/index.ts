import type { Migration } from '../migrate.ts'
import { requests } from './0001-requests.ts'
import { looking } from './0002-looking.ts'
import { told } from './0003-told.ts'
import { edits } from './0004-edits.ts'

/** Every step of the schema `holdpoint`, in order. */
export const migrations: readonly Migration[] = [requests, looking, told, edits]
