using System.Diagnostics;

namespace Escapement.Chip
{
    // The host's end of the serial line, and the wall clock.
    public sealed partial class Board
    {
        private readonly SerialLine link;
        private long wallStart;
        private long wallBase80;

        /// <summary>Bytes that the board's receive buffer lost by overflow; the firmware is never told.</summary>
        public long SerialBytesLost => link.Lost;

        /// <summary>Bytes sent by the board that the host has not taken yet, on the wire or across it.</summary>
        public int SerialUnread => link.UnreadByHost;

        /// <summary>Whether a port of the board is open on the pins of the host's line.</summary>
        public bool SerialIsOpen => link.IsOpen;

        /// <summary>The host sends bytes; they take their time on the line. Bytes that no port listens to are lost. In real time from any thread.</summary>
        public void SerialIn(ReadOnlySpan<byte> bytes) => link.SendToBoard(bytes, now);

        /// <summary>The host takes what has wholly crossed the line; returns how many bytes. In real time from any thread.</summary>
        public int SerialOut(Span<byte> into) => link.TakeFromBoard(into, now);

        internal SerialLine Link => link;

        private void WaitForWall(long wake80)
        {
            long frequency = Stopwatch.Frequency;
            if (wallStart == 0)
            {
                wallStart = Stopwatch.GetTimestamp();
                wallBase80 = now;
            }

            while (!haltRequested)
            {
                long elapsed = Stopwatch.GetTimestamp() - wallStart;
                long wall80 = wallBase80 + (long)((Int128)elapsed * 80_000_000 / frequency);
                long ahead80 = wake80 - wall80;
                if (ahead80 < -20 * RtosTick80)
                {
                    // The machine stood still; the board did too. Racing through the lost time would serve nobody.
                    wallStart = Stopwatch.GetTimestamp();
                    wallBase80 = wake80;
                    return;
                }

                if (ahead80 <= 0)
                {
                    return;
                }

                long ms = ahead80 / (1000 * TicksPerUs);
                Thread.Sleep((int)Math.Clamp(ms, 1, 20));
            }
        }
    }
}
