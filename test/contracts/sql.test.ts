import { databases } from '../support/databases.ts'
import { describeSql } from './sql.ts'

for (const database of databases()) describeSql(database.name, () => database.open())
