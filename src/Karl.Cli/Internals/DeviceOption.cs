using System.CommandLine;
using Karl.Tokenizers.Sessions;

namespace Karl.Cli.Internals;

/// <summary>The option that says where something runs.</summary>
internal sealed class DeviceOption(string description)
{
    /// <summary>What a verb is given.</summary>
    public Option<string> Option { get; } = new("--device") { Description = $"{description}: cpu, cuda or cuda:n.", HelpName = "cpu|cuda[:n]", DefaultValueFactory = _ => "cpu" };

    /// <summary>What was asked for.</summary>
    /// <exception cref="UsageException">It is no device.</exception>
    public TokenizerDevice Read(ParseResult parsed)
    {
        string device = parsed.GetRequiredValue(Option);
        UsageException.ThrowUnless(TokenizerDevice.TryParse(device, out TokenizerDevice where), $"--device is '{device}'; cpu, cuda or cuda:n was expected.");
        return where;
    }
}
