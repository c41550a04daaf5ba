namespace Karl.Samples;

/// <summary>Runs a sample by its name: <c>dotnet run --project samples/Karl.Samples -- tokenize-folder model.karl photos</c>.</summary>
internal static class Program
{
    private static readonly Dictionary<string, (string Arguments, Action<string?, string[]> Run)> Samples = new()
    {
        ["tokenize-folder"] = ("MODEL.karl|default FOLDER", (model, arguments) => TokenizeFolder.Run(model, arguments[0])),
        ["order-by-complexity"] = ("MODEL.karl|default FOLDER", (model, arguments) => OrderByComplexity.Run(model, arguments[0])),
        ["automl"] = ("MODEL.karl|default FOLDER", (model, arguments) => AutoMl.Run(model, arguments[0])),
#if REAL_MLNET
        ["save-and-serve"] = ("MODEL.karl|default FOLDER", (model, arguments) => SaveAndServe.Run(model, arguments[0])),
        ["linear-probe"] = ("MODEL.karl|default FOLDER [BUDGET ...]", (model, arguments) => LinearProbe.Run(model, arguments[0], [.. arguments[1..].Select(int.Parse)])),
#else
        ["save-and-serve"] = ("MODEL.karl|default FOLDER", (_, _) => Console.WriteLine("Saving needs the package Microsoft.ML, in whose place this build took its double.")),
        ["linear-probe"] = ("MODEL.karl|default FOLDER [BUDGET ...]", (_, _) => Console.WriteLine("ML.NET's own trainers need the package Microsoft.ML, in whose place this build took its double.")),
#endif
    };

    private static int Main(string[] arguments)
    {
        if (arguments.Length < 3 || !Samples.TryGetValue(arguments[0], out (string Arguments, Action<string?, string[]> Run) sample))
        {
            Console.Error.WriteLine(string.Join('\n', Samples.Select(pair => $"{pair.Key} {pair.Value.Arguments}").Prepend("Give a sample and its arguments:")));
            return 2;
        }

        sample.Run(arguments[1], arguments[2..]);
        return 0;
    }
}
