import { useTranslation } from 'react-i18next'

/** "first 1, then 10, then 12". */
export const StageList = ({ stages, current }: { readonly stages: readonly number[]; readonly current?: number }) => {
  const { t } = useTranslation()
  return (
    <p>
      {stages.map((count, at) => {
        const text = t(at === 0 ? 'batch.first' : 'batch.then', { count })
        return (
          <span key={at}>
            {at > 0 ? ', ' : null}
            {at + 1 === current ? <strong>{text}</strong> : text}
          </span>
        )
      })}
    </p>
  )
}
