namespace Escapement.Chip
{
    /// <summary>Memory figures in the order of what a board of each kind reports.</summary>
    internal static class NativeHeap
    {
        private const uint InternalBytes = 327_680;
        private const uint InternalFree = 130_000;
        private const uint InternalLargest = 90_000;
        private const uint SpiRamBytes = 8_388_608;

        public static void Figures(BoardOptions options, bool internalOnly, bool spiRamOnly, out uint total, out uint free, out uint largest)
        {
            uint native = (uint)options.NativeFreeBytes;
            bool hasSpiRam = options.Chip == ChipKind.Esp32S3;
            if (spiRamOnly)
            {
                total = hasSpiRam ? SpiRamBytes : 0;
                free = hasSpiRam ? native : 0;
                largest = free;
                return;
            }

            bool onlyInternal = internalOnly || !hasSpiRam;
            total = InternalBytes + (onlyInternal ? 0 : SpiRamBytes);
            free = hasSpiRam ? InternalFree + (onlyInternal ? 0 : native) : native;
            largest = hasSpiRam ? (onlyInternal ? InternalLargest : Math.Max(InternalLargest, native)) : native;
        }
    }
}
