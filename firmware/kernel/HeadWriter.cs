namespace Escapement.Kernel
{
    /// <summary>
    /// Writes the head (lead-in) of a list: low halves that make up the wait from the moment of sending to the first onset. All but the
    /// last half are coarse and set ahead of time; the last one is patched between the two clock readings around the send.
    /// </summary>
    public static class HeadWriter
    {
        /// <summary>Where the patched half aims to be, in microseconds: in the middle of its range, so that a late or early send still fits.</summary>
        public const int PatchAimUs = 16384;

        /// <summary>Largest half, in microseconds (ticks).</summary>
        public const int MaxHalfUs = 32767;

        /// <summary>Byte offset of the patched half: the last half of the head.</summary>
        /// <param name="headWords">Words of the head.</param>
        public static int PatchOffset(int headWords)
        {
            return headWords * 4 - 2;
        }

        /// <summary>Writes every half of the head for an expected wait.</summary>
        /// <param name="list">The list.</param>
        /// <param name="headWords">Words of the head, at least 1.</param>
        /// <param name="waitUs">Expected wait from the send to the first onset, in microseconds.</param>
        /// <returns>The sum of the coarse halves in microseconds: wait - sum is what has to be patched, and is within 1 to 32,767 unless the wait does not fit this head.</returns>
        public static int SetCoarse(byte[] list, int headWords, long waitUs)
        {
            int coarse = headWords * 2 - 1;
            long wanted = waitUs - PatchAimUs;
            long most = (long)coarse * MaxHalfUs;
            wanted = wanted < coarse ? coarse : wanted;
            int sum = (int)(wanted > most ? most : wanted);
            int share = sum / coarse;
            int longer = sum - share * coarse; // so many halves are one tick longer
            int at = 0;
            for (int i = 0; i < coarse; i++)
            {
                SetHalf(list, at, i < longer ? share + 1 : share);
                at += 2;
            }

            long last = waitUs - sum;
            last = last < 1 ? 1 : last;
            SetHalf(list, at, (int)(last > MaxHalfUs ? MaxHalfUs : last));
            return sum;
        }

        /// <summary>Writes one low half.</summary>
        /// <param name="list">The list.</param>
        /// <param name="offset">Its byte offset.</param>
        /// <param name="us">Its length, 1 to 32,767 microseconds (ticks): the caller has checked.</param>
        public static void SetHalf(byte[] list, int offset, int us)
        {
            list[offset] = (byte)us;
            list[offset + 1] = (byte)(us >> 8);
        }
    }
}
