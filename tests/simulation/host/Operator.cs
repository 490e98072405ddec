using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Simulation;

/// <summary>
/// The person at the bench: switches it on as the bring-up page asks, again after each restart of the board, and presses the emergency
/// stop once more when the board asks to see both of its channels.
/// </summary>
public sealed class Operator(VirtualBoard board, Recorder hand, BoardSeen seen, bool returns)
{
    private const long BootUs = 1_100_000;
    private const int PassesPressed = 6;
    private const long DarkUs = 500_000;
    private const long PatienceUs = 4_000_000;
    private const long PressUs = 300_000;
    private const long FootUs = 200_000;
    private const uint Untested = 1u << 22;

    private int _restarts;
    private long _bootedUs;
    private long _firstPass = -1;
    private long _releasedUs = -1;
    private long _lampUs = -1;
    private long _pressedUs = -1;
    private bool _lampSeen;
    private long _lampSinceUs;

    /// <summary>Whether the bench is switched on.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether the emergency stop is pressed, or was a moment ago.</summary>
    public bool IsPressing => _pressedUs >= 0;

    /// <summary>Contacts before power is switched on.</summary>
    public void Prepare()
    {
        hand.Set(ContactName.EStopA, false);
        hand.Set(ContactName.EStopB, false);
        hand.Set(ContactName.Key, false);
        _firstPass = _releasedUs = _lampUs = -1;
        IsDone = false;
    }

    /// <summary>Looks at the board once.</summary>
    public void Step(long nowUs)
    {
        if (board.Restarts != _restarts)
        {
            _restarts = board.Restarts;
            _bootedUs = nowUs;
            if (returns) { Prepare(); }
        }

        if (!IsDone) { SwitchOn(nowUs); } else { StepFoot(nowUs); }
        if (_pressedUs >= 0 && nowUs - _pressedUs > PressUs)
        {
            _pressedUs = -1;
            hand.Set(ContactName.EStopA, true);
            hand.Set(ContactName.EStopB, true);
        }
    }

    /// <summary>Before a session: does what the board asks a person for.</summary>
    public void Tidy(long nowUs)
    {
        if (!IsDone || (seen.Inhibits & Untested) == 0 || _pressedUs >= 0) { return; }
        _pressedUs = nowUs;
        hand.Set(ContactName.EStopA, false);
        hand.Set(ContactName.EStopB, false);
    }

    /// <summary>A foot on its switch while the live lamp is lit; slower than a pass.</summary>
    private void StepFoot(long nowUs)
    {
        if (board.Lamp != _lampSeen)
        {
            _lampSeen = board.Lamp;
            _lampSinceUs = nowUs;
        }

        if (nowUs - _lampSinceUs >= FootUs && hand.IsClosed(ContactName.FootSwitch) != _lampSeen)
        {
            board.Bench.Contact(ContactName.FootSwitch).Set(_lampSeen, hand.Now80);
        }
    }

    private void SwitchOn(long nowUs)
    {
        if (nowUs - _bootedUs < BootUs) { return; }
        _firstPass = _firstPass < 0 ? board.Passes : _firstPass;
        if (_releasedUs < 0)
        {
            if (board.Passes - _firstPass < PassesPressed) { return; }
            hand.Set(ContactName.EStopA, true);
            hand.Set(ContactName.EStopB, true);
            _releasedUs = nowUs;
        }

        if (board.Lamp) { _lampUs = nowUs; }
        if ((_lampUs >= 0 && nowUs - _lampUs > DarkUs) || nowUs - _releasedUs > PatienceUs)
        {
            hand.Set(ContactName.Key, true);
            IsDone = true;
        }
    }
}
