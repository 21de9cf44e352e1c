// SPDX-License-Identifier: Apache-2.0
// Counts the resources of an NDJSON file by type with DuckDB, three times, and prints the best time in seconds: of the
// query alone, without starting the program. Usage: node count.mjs FILE
import { DuckDBInstance } from '@duckdb/node-api'

const connection = await (await DuckDBInstance.create(':memory:')).connect()
const file = process.argv[2].replaceAll("'", "''")
const query = `SELECT resourceType, count(*) FROM read_ndjson('${file}', columns={resourceType: 'VARCHAR'},
  maximum_object_size=268435456) GROUP BY 1`
let best = Infinity
let rows = 0n
for (let round = 0; round < 3; ++round) {
  const begun = process.hrtime.bigint()
  const counts = (await connection.runAndReadAll(query)).getRows()
  best = Math.min(best, Number(process.hrtime.bigint() - begun) / 1e9)
  rows = counts.reduce((sum, [, count]) => sum + count, 0n)
}
console.log(JSON.stringify({ seconds: best, rows: Number(rows) }))
