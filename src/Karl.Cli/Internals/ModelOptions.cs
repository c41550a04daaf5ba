using System.CommandLine;
using Karl.Tokenizers;

namespace Karl.Cli.Internals;

/// <summary>Options of every verb that runs a model: which one, and where and how it runs.</summary>
/// <param name="batchSize">Most images in one run unless given; null is the library's default.</param>
internal sealed class ModelOptions(int? batchSize = null)
{
    private readonly Option<string> _model = new("--model", "-m") { Description = $"The model bundle (.karl), or the name of one that comes with karl: {string.Join(", ", IncludedModel.All.Select(known => known.Name))}.", HelpName = "MODEL.karl" };

    private readonly DeviceOption _device = new("Where the model runs");

    private readonly Option<bool> _fallback = new("--fallback-to-cpu") { Description = "Run on the processor where the GPU cannot be used, and say so." };

    private readonly Option<int?> _threads = new("--threads") { Description = "Threads that compute; one per core unless given.", HelpName = "N" };

    private readonly Option<int> _batch = new("--batch")
    {
        Description = "Most images in one run of the model. More is faster on a GPU and takes more memory.",
        HelpName = "N",
        DefaultValueFactory = _ => batchSize ?? new ImageTokenizerOptions().BatchSize,
    };

    /// <summary>Gives a verb these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_model);
        AddRunningTo(command);
    }

    /// <summary>Gives a verb that has several models what says where and how they run.</summary>
    public void AddRunningTo(Command command)
    {
        command.Add(_device.Option);
        command.Add(_fallback);
        command.Add(_threads);
        command.Add(_batch);
    }

    /// <summary>The model, which exists.</summary>
    /// <exception cref="UsageException">It does not.</exception>
    public ModelChoice Model(ParseResult parsed)
    {
        string? path = parsed.GetValue(_model);
        ModelChoice choice = new(path);
        return choice.Exists
            ? choice
            : throw new UsageException(Directory.Exists(path)
                ? $"--model '{path}' is a folder; a .karl file was expected."
                : $"There is no model '{path}'; karl export makes one from a published checkpoint.");
    }

    /// <summary>What was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="parts">Halves of the model that the verb needs.</param>
    /// <exception cref="UsageException">A value cannot be.</exception>
    public ImageTokenizerOptions Read(ParseResult parsed, TokenizerParts parts)
    {
        int? threads = parsed.GetValue(_threads);
        int batch = parsed.GetRequiredValue(_batch);
        UsageException.ThrowUnless(threads is null or (>= 1 and <= 1024), $"--threads is {threads}; 1 to 1024 was expected.");
        UsageException.ThrowUnless(batch is >= 1 and <= 4096, $"--batch is {batch}; 1 to 4096 was expected.");
        TextWriter error = parsed.InvocationConfiguration.Error;
        return new ImageTokenizerOptions
        {
            Device = _device.Read(parsed),
            FallbackToCpu = parsed.GetValue(_fallback),
            Threads = threads,
            BatchSize = batch,
            Parts = parts,
            Warn = line => error.WriteLine($"karl: {line}"),
        };
    }
}
