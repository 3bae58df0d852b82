/**
 * Text that people or code wrote, in any script: isolated, so that a right-to-left title cannot turn the words around it, and shown as text, never as
 * markup.
 */
export const UserText = ({ children, className }: { readonly children: string; readonly className?: string | undefined }) => (
  <bdi className={className}>{children}</bdi>
)
