using System.CommandLine;
using System.Net;
using Karl.Cli.Internals;
using Karl.Serving;
using Karl.Tokenizers;

namespace Karl.Cli.Verbs;

/// <summary><c>karl serve</c>: a model over HTTP, and a page to look at.</summary>
internal static class ServeVerb
{
    private const string Local = "localhost";

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        ServingOptions defaults = new();
        ModelOptions model = new(defaults.MaximumBatch);
        Option<string?> compare = new("--compare") { Description = "Another model, to be looked at beside the first.", HelpName = "OTHER.karl" };
        Option<int> port = new("--port") { Description = "Port; 0 is any free one.", HelpName = "N", DefaultValueFactory = _ => defaults.Port };
        Option<string> host = new("--host") { Description = "Address to listen on: this machine alone unless given; 0.0.0.0 is every network that it is on.", HelpName = "ADDRESS", DefaultValueFactory = _ => defaults.Address.ToString() };
        Option<string[]> names = new("--allow-host") { Description = "Names by which requests may call the server, beside localhost and addresses in numbers.", HelpName = "NAME ...", AllowMultipleArgumentsPerToken = true };
        Option<long> bytes = new("--max-bytes") { Description = "Most bytes of an upload.", HelpName = "N", DefaultValueFactory = _ => defaults.MaximumUploadBytes };
        Option<int> waiting = new("--max-waiting") { Description = "Most images that wait for the model; requests beyond it are told to come back.", HelpName = "N", DefaultValueFactory = _ => defaults.MaximumWaiting };
        Option<double> timeout = new("--timeout") { Description = "Seconds that a request may take.", HelpName = "S", DefaultValueFactory = _ => defaults.RequestTimeout.TotalSeconds };
        Command command = new("serve", "Serve a model over HTTP, with a page to look at.") { compare, port, host, names, bytes, waiting, timeout };
        model.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            ImageTokenizerOptions running = model.Read(parsed, TokenizerParts.All) with { AllowSpinning = false };
            ServingOptions options = new()
            {
                Address = AddressOf(parsed.GetRequiredValue(host)),
                Port = parsed.GetRequiredValue(port),
                HostNames = parsed.GetValue(names) ?? [],
                MaximumUploadBytes = parsed.GetRequiredValue(bytes),
                MaximumHeldBytes = Math.Max(defaults.MaximumHeldBytes, parsed.GetRequiredValue(bytes)),
                MaximumWaiting = parsed.GetRequiredValue(waiting),
                MaximumBatch = running.BatchSize,
                RequestTimeout = TimeSpan.FromSeconds(Math.Clamp(parsed.GetRequiredValue(timeout), -1, TimeSpan.MaxValue.TotalSeconds / 2)),
            };
            UsageException.ThrowUnless(options.Problems.Count == 0, string.Join(" ", options.Problems));
            return RunAsync(parsed, [model.Model(parsed), .. Other(parsed.GetValue(compare))], running, options, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ModelChoice[] choices, ImageTokenizerOptions running, ServingOptions options, CancellationToken cancellationToken)
    {
        TextWriter error = parsed.InvocationConfiguration.Error;
        List<ImageTokenizer> tokenizers = [];
        try
        {
            foreach (ModelChoice choice in choices)
            {
                tokenizers.Add(choice.Load(running));
            }

            ServedModel[] models = [.. choices.Select((choice, index) => new ServedModel(NameOf(choices, index), tokenizers[index]))];
            await using TokenizationServer server = await TokenizationServer.StartAsync(models, options, line => error.WriteLine($"karl: {PlainText.OneLine(line)}"), cancellationToken);
            if (!IPAddress.IsLoopback(options.Address))
            {
                error.WriteLine($"karl: warning: everybody who reaches {options.Address} can use this server; it has no password and no encryption.");
            }

            error.WriteLine($"karl: serving {string.Join(" and ", models.Select(model => model.Name))}; Ctrl-C stops.");
            await parsed.InvocationConfiguration.Output.WriteLineAsync(server.Address.ToString());
            await parsed.InvocationConfiguration.Output.FlushAsync(CancellationToken.None);
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            error.WriteLine("karl: stopping.");
            bool allFinished = await server.StopAsync();
            return allFinished ? KarlCommand.Success : throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            tokenizers.ForEach(tokenizer => tokenizer.Dispose());
        }
    }

    private static IPAddress AddressOf(string host)
    {
        if (host.Equals(Local, StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        UsageException.ThrowUnless(IPAddress.TryParse(host, out IPAddress? address), $"--host is '{host}'; an address of this machine in numbers was expected, such as 127.0.0.1 or 0.0.0.0.");
        return address!;
    }

    private static ModelChoice[] Other(string? path)
    {
        if (path is null)
        {
            return [];
        }

        ModelChoice choice = new(path);
        UsageException.ThrowUnless(choice.Exists, $"There is no model '{path}' to compare with.");
        return [choice];
    }

    /// <summary>Its file name, with a number behind it where the one before it is called the same.</summary>
    private static string NameOf(ModelChoice[] choices, int index) =>
        choices.Take(index).Any(other => other.Name == choices[index].Name) ? $"{choices[index].Name} ({index + 1})" : choices[index].Name;
}
