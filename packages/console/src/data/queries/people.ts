import { useQuery } from '@tanstack/react-query'
import { useData } from '../use-data.ts'

/** Most names read at once; who is not among them is shown by name instead of title. */
const MOST_PEOPLE = 100

/** Titles of people and groups by principal: what every member may know. */
export const usePeopleTitles = (): ReadonlyMap<string, string> => {
  const { client } = useData()
  const { data } = useQuery({
    queryKey: ['person', 'list', 'titles'],
    queryFn: async () => client.people.find({ limit: MOST_PEOPLE }),
    select: ({ items }) => new Map(items.map(({ principal, title }) => [principal, title])),
  })
  return data ?? NOBODY
}

const NOBODY: ReadonlyMap<string, string> = new Map()

/** People and groups whose name or title begins with or contains the text. */
export const usePeopleSearch = (search: string, isOpen = true) => {
  const { client } = useData()
  return useQuery({
    queryKey: ['person', 'list', 'search', search],
    queryFn: ({ signal }) => client.people.find({ search, limit: 20 }, { signal }),
    enabled: isOpen,
    placeholderData: (before) => before,
  })
}
