import type { Migration } from '../migrate.ts'
import { requests } from './0001-requests.ts'

/** Every step of the schema `holdpoint`, in order. */
export const migrations: readonly Migration[] = [requests]
