namespace Escapement.Chip
{
    /// <summary>A small generator whose sequence is fixed for ever, so that a seed means the same on every runtime.</summary>
    internal sealed class SplitMix
    {
        private ulong state;

        public SplitMix(ulong seed)
        {
            state = seed;
        }

        /// <summary>A number from 0 to below <paramref name="bound"/>.</summary>
        public long Below(long bound)
        {
            state += 0x9E3779B97F4A7C15UL;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return (long)((z ^ (z >> 31)) % (ulong)bound);
        }
    }
}
