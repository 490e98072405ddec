namespace Escapement.Simulation;

static class Program
{
    static int Main()
    {
        Console.Error.WriteLine("usage: dotnet run -c Release --project tests/simulation -- --help");
        return 2;
    }
}
