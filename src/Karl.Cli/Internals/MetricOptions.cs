using System.CommandLine;
using System.Globalization;
using Karl.Tokenizers.Metrics;

namespace Karl.Cli.Internals;

/// <summary>Further metrics of a command: ONNX graphs over two images, or over one.</summary>
internal sealed class MetricOptions
{
    private const string Form = "NAME=FILE.onnx[,range=LEAST:MOST][,size=N]";

    private readonly Option<string[]> _metrics = new("--metric")
    {
        Description = "A further metric, an ONNX graph over two images, such as lpips=lpips.onnx, or over one image, whose features' Fréchet distance is taken; ',range=-1:1' says what black and white are to it (0:1 unless given), ',size=224' what size it wants. May be given several times.",
        HelpName = Form,
    };

    /// <summary>Gives a verb these options.</summary>
    public void AddTo(Command command) => command.Add(_metrics);

    /// <summary>Loads what was asked for.</summary>
    /// <returns>The metrics; the caller disposes them.</returns>
    /// <exception cref="UsageException">A text cannot be understood, or a file is not there.</exception>
    public LoadedMetrics Load(ParseResult parsed, int? threads)
    {
        (string Name, string Path, GraphMetricOptions Options)[] wanted = [.. (parsed.GetValue(_metrics) ?? []).Select(text => Read(text, threads))];
        UsageException.ThrowUnlessThere([.. wanted.Select(metric => new FileInfo(metric.Path))]);
        LoadedMetrics loaded = new();
        try
        {
            foreach ((string name, string path, GraphMetricOptions options) in wanted)
            {
                loaded.Add(GraphMetric.Load(name, path, options));
            }

            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    private static (string Name, string Path, GraphMetricOptions Options) Read(string text, int? threads)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        UsageException.ThrowUnless(equals > 0 && equals < text.Length - 1, $"--metric is '{text}'; {Form} was expected.");
        string path = text[(equals + 1)..];
        GraphMetricOptions options = new() { Threads = threads };
        for (int comma = path.LastIndexOf(','); comma >= 0; comma = path.LastIndexOf(','))
        {
            string setting = path[(comma + 1)..];
            if (setting.StartsWith("size=", StringComparison.Ordinal))
            {
                UsageException.ThrowUnless(int.TryParse(setting[5..], NumberStyles.None, CultureInfo.InvariantCulture, out int size), $"--metric '{text}': '{setting}' was expected to be like size=224.");
                options = options with { Size = size };
            }
            else if (setting.StartsWith("range=", StringComparison.Ordinal))
            {
                string[] ends = setting[6..].Split(':');
                float least = 0, most = 0;
                UsageException.ThrowUnless(
                    ends.Length == 2 && float.TryParse(ends[0], CultureInfo.InvariantCulture, out least) && float.TryParse(ends[1], CultureInfo.InvariantCulture, out most),
                    $"--metric '{text}': '{setting}' was expected to be like range=-1:1.");
                options = options with { Least = least, Most = most };
            }
            else
            {
                break;
            }

            path = path[..comma];
        }

        return (text[..equals], path, options);
    }
}

/// <summary>Metrics that are disposed together.</summary>
internal sealed class LoadedMetrics : IDisposable
{
    private readonly List<GraphMetric> _all = [];

    public IReadOnlyList<GraphMetric> All => _all;

    public void Add(GraphMetric metric) => _all.Add(metric);

    public void Dispose() => _all.ForEach(metric => metric.Dispose());
}
