using Escapement.Link;
using Escapement.Runtime.Ports;

namespace Escapement.Runtime.History
{
    /// <summary>
    /// What the board keeps across power-off, in 48 bytes: magic "ESCH" (U32), version 1 (U8), marker (U8), zero (U16), sequence (U32),
    /// power-ups (U32), abnormal ends (U32), pulses charged to the last hour (U32), pulses of the armed program (U32), zero (U32),
    /// pulses in the board's life (U64), zero (U32), CRC-32 of all before (U32).
    /// </summary>
    public sealed class HistoryRecord
    {
        /// <summary>Its length.</summary>
        public const int Bytes = 48;

        /// <summary>No session is armed or under way.</summary>
        public const int Resting = 0;

        /// <summary>A session is armed or under way. Found at power-up, it means that the session ended with the power.</summary>
        public const int Armed = 1;

        /// <summary>An abnormal end was found and charged; an operator has not cleared it yet.</summary>
        public const int Unexplained = 2;

        private const uint Magic = 0x48435345;
        private const int Version = 1;
        private const int CrcAt = Bytes - 4;

        /// <summary>Rises by one with each writing.</summary>
        public uint Sequence;

        /// <summary>Resting, Armed or Unexplained.</summary>
        public int Marker;

        /// <summary>Power-ups of this board.</summary>
        public int PowerUps;

        /// <summary>Sessions that ended by a reset or a loss of power.</summary>
        public int AbnormalEnds;

        /// <summary>Pulses charged to the last hour.</summary>
        public int HourPulses;

        /// <summary>Pulses of the program that is armed.</summary>
        public int ArmedPulses;

        /// <summary>Pulses in the board's life, counted behind the gate.</summary>
        public long TotalPulses;

        /// <summary>Writes it into a buffer of <see cref="Bytes"/>.</summary>
        public void Put(byte[] buffer, ICrc32 crc)
        {
            System.Array.Clear(buffer, 0, Bytes);
            LittleEndian.PutU32(buffer, 0, Magic);
            buffer[4] = Version;
            buffer[5] = (byte)Marker;
            LittleEndian.PutU32(buffer, 8, Sequence);
            LittleEndian.PutU32(buffer, 12, (uint)PowerUps);
            LittleEndian.PutU32(buffer, 16, (uint)AbnormalEnds);
            LittleEndian.PutU32(buffer, 20, (uint)HourPulses);
            LittleEndian.PutU32(buffer, 24, (uint)ArmedPulses);
            LittleEndian.PutU64(buffer, 32, TotalPulses);
            LittleEndian.PutU32(buffer, CrcAt, crc.Compute(buffer, 0, CrcAt));
        }

        /// <summary>Reads it from a buffer. False, and nothing is taken over, when it is not whole or says what cannot be.</summary>
        public bool Take(byte[] buffer, ICrc32 crc)
        {
            if (LittleEndian.GetU32(buffer, 0) != Magic || buffer[4] != Version || buffer[5] > Unexplained
                || LittleEndian.GetU32(buffer, CrcAt) != crc.Compute(buffer, 0, CrcAt))
            {
                return false;
            }

            int powerUps = (int)LittleEndian.GetU32(buffer, 12);
            int abnormalEnds = (int)LittleEndian.GetU32(buffer, 16);
            int hourPulses = (int)LittleEndian.GetU32(buffer, 20);
            int armedPulses = (int)LittleEndian.GetU32(buffer, 24);
            long totalPulses = LittleEndian.GetU64(buffer, 32);
            if (powerUps < 0 || abnormalEnds < 0 || hourPulses < 0 || armedPulses < 0 || totalPulses < 0)
            {
                return false;
            }

            Marker = buffer[5];
            Sequence = LittleEndian.GetU32(buffer, 8);
            PowerUps = powerUps;
            AbnormalEnds = abnormalEnds;
            HourPulses = hourPulses;
            ArmedPulses = armedPulses;
            TotalPulses = totalPulses;
            return true;
        }
    }
}
