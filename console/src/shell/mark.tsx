/** The mark: a stork's curve. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <path
        d="M6.500 19.500c4.400.3 6.800-2.600 9-6.900 1.500-2.900 3.300-4.300 5.500-4.300 1.700 0 2.900.9 3.300 2.300l2.700 1-2.800.8c-.6 6.100-4.600 10.400-10.600 10.400-3.100 0-5.500-1.200-7.100-3.300z"
        fill="var(--on-accent)"
      />
      <circle cx="21.200" cy="11" r="1.100" fill="var(--accent)" />
    </svg>
  );
}
