namespace Escapement.Mutants;

static class Program
{
    static int Main()
    {
        Console.Error.WriteLine("usage: dotnet run -c Release --project tests/mutants -- --help");
        return 2;
    }
}
