import { useEffect } from 'react'

/** Title of the browser's tab; it begins with what differs. */
export const usePageTitle = (title: string | undefined): void => {
  useEffect(() => {
    document.title = title === undefined ? 'Millrace' : `${title} · Millrace`
  }, [title])
}
