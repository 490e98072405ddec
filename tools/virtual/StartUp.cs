using Escapement.Rig;

namespace Escapement.Virtual;

/// <summary>
/// The operator at power-up, as boards/BRING-UP.md asks: power with the emergency stop pressed and the key off; release the emergency stop; when the
/// board has tested its gate, turn the key. Acts once; after a restart of the board nobody is there.
/// </summary>
internal sealed class StartUp(VirtualBoard board)
{
    // The firmware waits a second for its link.
    private const long BootUs = 1_100_000;

    // A few passes with the emergency stop open, so that the board has seen it.
    private const int PassesPressed = 6;

    // The gate test shows on the lamp, with a pause while the watchdog starves; dark for longer, it is over.
    private const long DarkUs = 500_000;

    // Without a gate test the operator does not wait for ever.
    private const long PatienceUs = 4_000_000;

    private long _firstPass = -1;
    private long _releasedUs = -1;
    private long _lampUs = -1;

    /// <summary>Whether everything is done.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Contacts as the operator leaves them before power is switched on.</summary>
    public void Prepare()
    {
        Set(ContactName.EStopA, false);
        Set(ContactName.EStopB, false);
        Set(ContactName.Key, false);
    }

    /// <summary>Looks at the board once, after each of its passes.</summary>
    public void Step()
    {
        if (IsDone || board.NowUs < BootUs) { return; }
        _firstPass = _firstPass < 0 ? board.Passes : _firstPass;
        if (_releasedUs < 0)
        {
            if (board.Passes - _firstPass < PassesPressed) { return; }
            Set(ContactName.EStopA, true);
            Set(ContactName.EStopB, true);
            _releasedUs = board.NowUs;
        }

        if (board.Lamp) { _lampUs = board.NowUs; }
        bool tested = _lampUs >= 0 && board.NowUs - _lampUs > DarkUs;
        if (tested || board.NowUs - _releasedUs > PatienceUs)
        {
            Set(ContactName.Key, true);
            board.Bench.Referee.Begin(board.Bench.Now80);
            IsDone = true;
        }
    }

    private void Set(ContactName name, bool closed) => board.Bench.Contact(name).Set(closed, board.Bench.Now80);
}
