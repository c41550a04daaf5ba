using System.Text;
using Karl.Tokenizers.Tokenization;

namespace Karl.Serving.Internals.Metrics;

/// <summary>What a server counts; <c>docs/serving.md</c> lists it.</summary>
internal sealed class ServingMetrics
{
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    private static readonly double[] Sizes = [1, 2, 4, 8, 16, 32, 64, 128];
    private readonly List<IMetric> _all;

    /// <summary>Begins at 0.</summary>
    /// <param name="waiting">How many images wait for the model.</param>
    /// <param name="heldBytes">How many bytes of uploads are held.</param>
    public ServingMetrics(Func<int> waiting, Func<long> heldBytes) =>
        _all =
        [
            Requests,
            Errors,
            RequestSeconds,
            Images,
            Tokens,
            BatchSizes,
            new Gauge("karl_queue_length", "Images that wait for the model.", () => waiting()),
            new Gauge("karl_upload_held_bytes", "Bytes of uploads that are held in memory.", () => heldBytes()),
            new Gauge("karl_managed_memory_bytes", "Managed memory in use.", () => GC.GetTotalMemory(forceFullCollection: false)),
        ];

    public LabelledCounter Requests { get; } = new("karl_requests_total", "Requests by endpoint and status.", "endpoint", "status");

    public LabelledCounter Errors { get; } = new("karl_errors_total", "Requests that were not answered as asked, by kind.", "kind");

    public LabelledHistogram RequestSeconds { get; } = new("karl_request_seconds", "Time from a request to its answer, by endpoint.", Seconds, "endpoint");

    public LabelledCounter Images { get; } = new("karl_images_total", "Images that the model has seen or made.", "model");

    public LabelledCounter Tokens { get; } = new("karl_tokens_total", "Tokens of images that were tokenized.", "model");

    public LabelledHistogram BatchSizes { get; } = new("karl_batch_size", "Images in a run of the model.", Sizes);

    /// <summary>Counts an image that was tokenized.</summary>
    public void CountTokenized(ServedModel model, TokenSequence tokens)
    {
        Images.Add(1, model.Name);
        Tokens.Add(tokens.Count, model.Name);
    }

    /// <summary>All of it in Prometheus' text format.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        _all.ForEach(metric => metric.WriteTo(text));
        return text.ToString();
    }
}
