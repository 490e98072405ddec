using System;
using System.IO.Hashing;
using Escapement.Runtime.Ports;

namespace Escapement.Esp32
{
    /// <summary>CRC-32 by native code: a word list of 100 kB takes milliseconds, interpreted it would take seconds.</summary>
    public sealed class NativeCrc32 : ICrc32
    {
        /// <inheritdoc/>
        public uint Compute(byte[] buffer, int offset, int count)
        {
            return Crc32.HashToUInt32(new SpanByte(buffer, offset, count));
        }
    }
}
