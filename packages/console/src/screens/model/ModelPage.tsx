import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { usePageTitle } from '../../app/page-title.ts'
import { modelOne } from '../../data/queries/models.ts'
import { useData } from '../../data/use-data.ts'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Skeleton } from '../../parts/skeleton/Skeleton.tsx'
import { ModelReader } from './ModelReader.tsx'
import { ModelView } from './ModelView.tsx'

/** One model: its text beside its graph, what is wrong with it, and Sync. */
export const ModelPage = () => {
  const { id } = useParams({ from: '/frame/models/$id' })
  const { client } = useData()
  const { data, error, refetch } = useQuery(modelOne(client, id))
  usePageTitle(data?.title ?? id)
  if (data === undefined) {
    return error === null ? (
      <Skeleton lines={['45%', '70%', '30%']} height={14} />
    ) : (
      <ErrorNotice error={error} retry={() => void refetch()} />
    )
  }
  return data.draft === undefined ? <ModelReader key={data.id} model={data} /> : <ModelView key={data.id} model={data} draft={data.draft} />
}
