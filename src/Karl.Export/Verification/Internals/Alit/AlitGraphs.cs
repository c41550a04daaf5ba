using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families.Internals;
using Karl.Tokenizers.Sessions.Internals;

namespace Karl.Export.Verification.Internals.Alit;

/// <summary>The three graphs of a bundle, loaded together because each round goes through two of them, with all that is wanted as outputs.</summary>
internal sealed class AlitGraphs : IDisposable
{
    private readonly Dictionary<AlitPart, (ProbeSession Session, string[] Outputs)> _sessions = [];
    private readonly Dictionary<AlitQuantity, string?> _sources = [];

    /// <summary>Loads the graphs.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="quantities">What the recording holds.</param>
    /// <param name="threads">Threads that compute one run; null is ONNX Runtime's choice.</param>
    /// <exception cref="KarlFormatException">A part is damaged, or is not what its bundle says.</exception>
    public AlitGraphs(Bundle bundle, IReadOnlyCollection<AlitQuantity> quantities, int? threads)
    {
        try
        {
            Load(bundle, AlitPart.Encoder, Bundle.EncoderPart, GraphContract.Encoder(bundle.Manifest), [TensorNames.BaseTokens], quantities, threads);
            Load(bundle, AlitPart.Round, Bundle.RoundPart, AlitFamily.RoundContract(bundle.Manifest), [], quantities, threads);
            Load(bundle, AlitPart.Decoder, Bundle.DecoderPart, GraphContract.Decoder(bundle.Manifest), [TensorNames.DecodedTokens], quantities, threads);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The loaded graph and what a run of it gives.</summary>
    public (ProbeSession Session, string[] Outputs) this[AlitPart part] => _sessions[part];

    /// <summary>The tensor that a quantity comes from; null where the graph has none.</summary>
    public string? Source(AlitQuantity quantity) => _sources[quantity];

    public void Dispose()
    {
        foreach (var (session, _) in _sessions.Values) session.Dispose();
    }

    private void Load(
        Bundle bundle, AlitPart part, string partName, GraphContract contract, string[] needed, IEnumerable<AlitQuantity> quantities, int? threads)
    {
        ModelPart graph = new(bundle, partName);
        HashSet<string> outputs = new([.. contract.Outputs.Select(output => output.Name), .. needed.Where(tensor => graph.Find(tensor) is not null)], StringComparer.Ordinal);
        foreach (var quantity in quantities.Where(quantity => quantity.Part == part))
        {
            _sources[quantity] = quantity.Source(graph);
            if (_sources[quantity] is { } source) outputs.Add(source);
        }
        var session = new ProbeSession(graph.WithOutputs(outputs), $"Bundle '{bundle.Name}', part '{partName}'", threads);
        _sessions.Add(part, (session, [.. outputs]));
        string[] problems = [.. contract.Problems(session.Session)];
        if (problems.Length > 0) throw new KarlFormatException($"Bundle '{bundle.Name}': part '{partName}': {string.Join(" ", problems)}");
    }
}
