namespace Escapement.Chip
{
    /// <summary>
    /// The serial line between the host and the UART that has its pins: bytes in flight with their times, the receive buffer, the transmit FIFO.
    /// Times are kept per chunk; who looks later moves what has arrived meanwhile.
    /// </summary>
    internal sealed class SerialLine
    {
        /// <summary>The hardware's transmit FIFO, bytes.</summary>
        public const int FifoBytes = 128;

        private const int LargestBacklog = 1 << 20;

        private readonly bool shared;
        private readonly object gate = new();
        private readonly ByteQueue toBoard = new();
        private readonly ByteQueue toHost = new();
        private readonly ByteQueue received = new();
        private readonly ChunkQueue inFlight = new();
        private readonly ChunkQueue outFlight = new();
        private long rxFree80;
        private long txFree80;
        private long byte80;
        private int capacity;

        public SerialLine(bool shared)
        {
            this.shared = shared;
        }

        public bool IsOpen { get; private set; }

        /// <summary>Bytes that the receive buffer lost by overflow.</summary>
        public long Lost { get; private set; }

        public int UnreadByHost
        {
            get
            {
                lock (gate)
                {
                    return toHost.Count;
                }
            }
        }

        public long Byte80 => byte80;

        public void Open(int bufferBytes, long byteTime80)
        {
            capacity = bufferBytes;
            byte80 = byteTime80;
            received.Clear();
            IsOpen = true;
        }

        public void Retime(long byteTime80) => byte80 = byteTime80;

        public void Close() => IsOpen = false;

        public void Reset()
        {
            lock (gate)
            {
                IsOpen = false;
                toBoard.Clear();
                inFlight.Clear();
                received.Clear();

                // What is still in the FIFO is lost; what was on the wire has reached the host.
                rxFree80 = 0;
                txFree80 = 0;
            }
        }

        /// <summary>The host sends. Bytes that no open port listens to are lost, as on a wire.</summary>
        public void SendToBoard(ReadOnlySpan<byte> bytes, long now)
        {
            if (shared)
            {
                lock (gate)
                {
                    QueueForBoard(bytes, now);
                }
            }
            else
            {
                QueueForBoard(bytes, now);
            }
        }

        /// <summary>The host receives what has wholly arrived by now.</summary>
        public int TakeFromBoard(Span<byte> into, long now)
        {
            if (!shared)
            {
                return Take(into, now);
            }

            lock (gate)
            {
                return Take(into, now);
            }
        }

        /// <summary>How many bytes the port can read now.</summary>
        public int Available(long now)
        {
            if (shared)
            {
                lock (gate)
                {
                    Arrive(now);
                }
            }
            else if (!inFlight.IsEmpty)
            {
                Arrive(now);
            }

            return received.Count;
        }

        public void Read(Span<byte> into) => received.Take(into);

        /// <summary>When so many bytes will be there if the host sends nothing more; long.MaxValue: never.</summary>
        public long TimeOf(int count)
        {
            if (!shared)
            {
                return inFlight.TimeOf(count - received.Count);
            }

            lock (gate)
            {
                return inFlight.TimeOf(count - received.Count);
            }
        }

        /// <summary>How long the writer must wait until the FIFO has room for all of so many bytes.</summary>
        public long WriteWait(int count, long now)
        {
            long busy = txFree80 > now ? txFree80 - now : 0;
            long queued = (busy + byte80 - 1) / byte80;
            long tooMany = queued + count - FifoBytes;
            if (tooMany <= 0)
            {
                return 0;
            }

            // The byte on the wire has left the FIFO's count only when it is sent.
            return busy + count * byte80 - FifoBytes * byte80;
        }

        public void Write(ReadOnlySpan<byte> bytes, long now)
        {
            if (shared)
            {
                lock (gate)
                {
                    QueueForHost(bytes, now);
                }
            }
            else
            {
                QueueForHost(bytes, now);
            }
        }

        private void QueueForBoard(ReadOnlySpan<byte> bytes, long now)
        {
            if (!IsOpen || bytes.Length == 0)
            {
                return;
            }

            long start = rxFree80 > now ? rxFree80 : now;
            toBoard.Add(bytes);
            inFlight.Add(start, byte80, bytes.Length);
            rxFree80 = start + bytes.Length * byte80;
        }

        private void QueueForHost(ReadOnlySpan<byte> bytes, long now)
        {
            long start = txFree80 > now ? txFree80 : now;
            txFree80 = start + bytes.Length * byte80;
            if (toHost.Count + bytes.Length > LargestBacklog)
            {
                return;
            }

            toHost.Add(bytes);
            outFlight.Add(start, byte80, bytes.Length);
        }

        private int Take(Span<byte> into, long now)
        {
            int count = outFlight.Take(now, into.Length);
            toHost.Take(into[..count]);
            return count;
        }

        private void Arrive(long now)
        {
            int count = inFlight.Take(now, int.MaxValue);
            while (count > 0)
            {
                int room = capacity - received.Count;
                int part = count < room ? count : room;
                received.Move(toBoard, part);
                count -= part;
                if (count > 0)
                {
                    // Quirk: when the buffer is full the driver flushes it: everything is gone, and nobody is told.
                    toBoard.Skip(1);
                    count--;
                    Lost += received.Count + 1;
                    received.Clear();
                }
            }
        }
    }
}
