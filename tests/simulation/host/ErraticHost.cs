using Escapement.Host;

namespace Escapement.Simulation;

/// <summary>A raw client that does anything at any time: wrong, old, doubled and out of order, and sometimes what leads on.</summary>
public sealed class ErraticHost
{
    private const int Active = 0xE5;
    private const int Hold = 61;
    private const uint Challenged = 1u << 16;

    private readonly HostLine _line;
    private readonly ErraticSession _order;
    private readonly Dice _dice;
    private readonly BoardSeen _seen = new();
    private readonly List<byte[]> _sent = [];
    private readonly byte[] _buffer = new byte[4096];
    private uint _nonce;
    private uint _sequence;
    private bool _renews = true;
    private int _renewed;
    private long _nextUs;
    private byte[] _loading = [];

    /// <summary>Makes it; it talks over a line of its own.</summary>
    public ErraticHost(HostLine line, ErraticSession order)
    {
        _line = line;
        _order = order;
        _dice = new Dice(order.Seed);
        _nonce = (uint)_dice.Between(1, 1_000_000);
        _sequence = (uint)_dice.Below(1_000);
    }

    /// <summary>Ends with the line.</summary>
    public void Close() => _line.Dispose();

    /// <summary>One look at the line, at most one deed.</summary>
    public void Step(long nowUs)
    {
        int count;
        while ((count = _line.Read(_buffer)) > 0) { _seen.Take(_buffer.AsMemory(0, count).ToArray(), nowUs); }
        if (_renews && _seen.Statuses != _renewed)
        {
            _renewed = _seen.Statuses;
            Command(Reg.Lease, nowUs, (uint)_seen.BoardUs, (uint)(_seen.BoardUs >> 32), (uint)(3_600_000_000 + nowUs), (uint)((3_600_000_000 + nowUs) >> 32));
        }

        if (nowUs < _nextUs) { return; }
        _nextUs = nowUs + _dice.Spread(10_000, 400_000);
        if (_dice.Below(100) < _order.Manners) { Advance(nowUs); } else { Misbehave(nowUs); }
    }

    /// <summary>What a host that means well would do next.</summary>
    private void Advance(long nowUs)
    {
        switch (_seen.State)
        {
            case < 0:
                Write(Reg.OperationControl, HarpFrames.U8, [Active]);
                break;
            case Reg.Idle or Reg.Done: Upload(nowUs); break;
            case Reg.Loaded when _dice.OneIn(2): Command(73, nowUs); break;
            case Reg.Loaded:
                Ask(42, HarpFrames.U64);
                Command(Reg.Arm, nowUs, (uint)_seen.Challenge, (uint)(_seen.Challenge >> 32), _seen.Digest, _dice.OneIn(8) ? 1u : 0u);
                break;
            case Reg.Armed: Command(Reg.Start, nowUs, _seen.Digest); break;
            case Reg.Held: Command(Reg.Resume, nowUs, _seen.Digest); break;
            case Reg.Fault or Reg.EmergencyStop: Command(Reg.Clear, nowUs, _seen.Faults); break;
            case Reg.Running when _dice.OneIn(4): Write(Hold, HarpFrames.U8, [1]); break;
            default: break;
        }

        if (_seen.Digest == 0 || (_seen.Inhibits & Challenged) != 0) { Ask(Reg.Digest, HarpFrames.U32); }
    }

    private void Upload(long nowUs)
    {
        _loading = _order.Programs[_dice.Below(_order.Programs.Count)].Image;
        for (int at = 0; at < _loading.Length; at += 64)
        {
            byte[] part = new byte[68];
            int count = Math.Min(64, _loading.Length - at);
            part[0] = (byte)at;
            part[1] = (byte)(at >> 8);
            part[2] = (byte)count;
            _loading.AsSpan(at, count).CopyTo(part.AsSpan(4));
            Write(Reg.UploadChunk, HarpFrames.U8, part);
            if (at >= 512) { break; } // more at once would only overflow the board's buffer
        }

        Command(Reg.Seal, nowUs, (uint)_loading.Length, Crc32.Of(_loading), _loading.Length > 16 ? BitConverter.ToUInt32(_loading, 12) : 0);
        if (_dice.OneIn(6)) { Command(72, nowUs, (uint)_dice.Of(0, 1_000, 5_000), 0, (uint)_dice.Of(0, 10), (uint)_dice.Below(6), (uint)_dice.Below(60), (uint)_dice.Below(160)); }
    }

    private void Misbehave(long nowUs)
    {
        switch (_dice.Below(20))
        {
            case 0: Write(Reg.Stop, HarpFrames.U8, [1]); break;
            case 1 or 2: Write(Hold, HarpFrames.U8, [1]); break;
            case 3: Write(Reg.Disarm, HarpFrames.U8, [1]); break;
            case 4: Write(Reg.ReleaseLease, HarpFrames.U32, BitConverter.GetBytes(_dice.OneIn(2) ? _nonce : (uint)_dice.Next())); break;
            case 5: Write(Reg.OperationControl, HarpFrames.U8, [_dice.Of<byte>(0xE4, 0xF5, 0xE5, 0xE7, 0xED)]); break;
            case 6: Write(Reg.OperationControl, HarpFrames.U8, [Active]); break;
            case 7: Garbage(); break;
            case 8: WrongCommand(nowUs); break;
            case 9 or 10: Replay(); break;
            case 11: _renews = !_renews; break;
            case 12: _nonce = (uint)_dice.Between(1, 1_000_000); break;
            case 13: Write(_dice.Below(80), _dice.Of(HarpFrames.U8, HarpFrames.U16, HarpFrames.U32, HarpFrames.U64), Bytes(8 * _dice.Below(9))); break;
            case 14: Ask(_dice.Below(80), _dice.Of(HarpFrames.U8, HarpFrames.U16, HarpFrames.U32, HarpFrames.U64)); break;
            case 15: Command(Reg.GateTest, nowUs, (uint)_dice.Below(3)); break;
            case 16 when _dice.OneIn(4): Write(11, HarpFrames.U8, [1]); break; // reset
            case 17: Command(_dice.Of(Reg.Start, Reg.Resume, Reg.Arm), nowUs, _seen.Digest, 0, _seen.Digest); break;
            case 18: Command(Reg.Lease, nowUs, (uint)_dice.Next(), (uint)_dice.Below(3), (uint)_dice.Next(), 1); break;
            default: Command(Reg.Lease + _dice.Below(9), nowUs - _dice.Spread(1, 4_000_000), (uint)_dice.Next(), (uint)_dice.Next(), (uint)_dice.Next(), (uint)_dice.Below(2)); break;
        }
    }

    /// <summary>A command with one thing wrong: its CRC-32, version, sequence, nonce or time.</summary>
    private void WrongCommand(long nowUs)
    {
        byte[] payload = HarpFrames.Command(_dice.Of(Reg.Start, Reg.Resume, Reg.Arm, Reg.Clear, Reg.Lease), ++_sequence, _nonce, BoardUs(nowUs), _seen.Digest, 0, _seen.Digest);
        payload[_dice.Below(payload.Length)] ^= (byte)(1 << _dice.Below(8));
        Write(_dice.Of(Reg.Start, Reg.Resume, Reg.Arm, Reg.Clear, Reg.Lease), HarpFrames.U32, payload);
    }

    private void Replay()
    {
        if (_sent.Count > 0) { _line.Write(_sent[_dice.Below(_sent.Count)]); }
    }

    private void Garbage() => _line.Write(Bytes(1 + _dice.Below(200)));

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) { bytes[i] = (byte)_dice.Next(); }
        return bytes;
    }

    private long BoardUs(long nowUs) => _seen.BoardUs + Math.Max(0, nowUs - _seen.SeenUs - 20_000);

    private void Command(int address, long nowUs, params ReadOnlySpan<uint> arguments) =>
        Write(address, HarpFrames.U32, HarpFrames.Command(address, ++_sequence, _nonce, Math.Max(0, BoardUs(nowUs)), arguments));

    private void Ask(int address, int type) => _line.Write(HarpFrames.Read(address, type));

    private void Write(int address, int type, byte[] payload)
    {
        byte[] frame = HarpFrames.Write(address, type, payload);
        if (_sent.Count < 200) { _sent.Add(frame); } else { _sent[_dice.Below(200)] = frame; }
        _line.Write(frame);
    }
}
