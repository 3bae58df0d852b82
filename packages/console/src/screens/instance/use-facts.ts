import type { HistoryEntry } from '@millrace/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { hasEarlierFacts, instanceFacts, readEarlierFacts } from '../../data/queries/instance-facts.ts'
import { useData } from '../../data/use-data.ts'

export interface Facts {
  /** The last of them, in order; undefined while they are read. */
  readonly facts: readonly HistoryEntry[] | undefined
  /** There are some before. */
  readonly hasEarlier: boolean
  readonly isReadingEarlier: boolean
  readonly readEarlier: () => Promise<void>
  readonly error: unknown
  readonly retry: () => void
}

/** History of an instance, from its end. */
export const useFacts = (id: string): Facts => {
  const { client } = useData()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(instanceFacts(client, id))
  const [isReadingEarlier, setReading] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const readEarlier = useCallback(async () => {
    setReading(true)
    setProblem(undefined)
    try {
      await readEarlierFacts(client, queries, id)
    } catch (caught) {
      setProblem(caught)
    } finally {
      setReading(false)
    }
  }, [client, queries, id])
  return {
    facts: data?.facts,
    hasEarlier: data !== undefined && hasEarlierFacts(data),
    isReadingEarlier,
    readEarlier,
    error: problem ?? error ?? undefined,
    retry: () => void (problem === undefined ? refetch() : readEarlier()),
  }
}
