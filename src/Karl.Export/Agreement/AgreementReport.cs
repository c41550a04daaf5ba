using System.Globalization;
using System.Text;

namespace Karl.Export.Agreement;

/// <summary>How far a faster model agrees with the exact one on given images, and what it gains.</summary>
/// <param name="Images">Image by image.</param>
/// <param name="Gain">Time of one encoding by the reference over the candidate's, measured alternately on this machine.</param>
public sealed record AgreementReport(IReadOnlyList<ImageAgreement> Images, double Gain)
{
    /// <summary>Mean share of kept positions that both keep, 0 to 1.</summary>
    public double Positions => Images.Average(image => image.Positions);

    /// <summary>Share of equal codes among shared positions, 0 to 1.</summary>
    public double Codes => Images.Sum(image => (long)image.SharedPositions) is > 0 and var shared ? (double)Images.Sum(image => (long)image.SharedCodes) / shared : 1;

    /// <summary>Mean difference of token counts, as a share of the reference's mean count.</summary>
    public double CountDrift => Images.Sum(image => Math.Abs(image.CandidateTokens - image.ReferenceTokens)) / Math.Max(1.0, Images.Sum(image => image.ReferenceTokens));

    /// <summary>Mean growth of the reconstruction error, pixels 0 to 1; negative where the candidate is better.</summary>
    public double ErrorGrowth => Images.Average(image => image.CandidateError - image.ReferenceError);

    /// <summary>Every limit that does not hold, in words; none where the model may be used.</summary>
    public IReadOnlyList<string> Problems(AgreementLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        List<string> problems = [];
        Expect(Gain >= limits.LeastGain, $"encoding is {Gain:0.00} times as fast, and at least {limits.LeastGain:0.00} is wanted: 8-bit products gain too little here (they need a processor with VNNI and a transformer that takes most of the time)");
        Expect(Positions >= limits.LeastPositions, $"both models keep {Positions:P1} of the positions, and at least {limits.LeastPositions:P1} is wanted");
        Expect(CountDrift <= limits.MostCountDrift, $"token counts differ by {CountDrift:P1}, and at most {limits.MostCountDrift:P1} is wanted");
        Expect(ErrorGrowth <= limits.MostErrorGrowth, $"the reconstruction error grows by {ErrorGrowth:0.0000}, and at most {limits.MostErrorGrowth:0.0000} is wanted");
        return problems;

        void Expect(bool holds, FormattableString problem)
        {
            if (!holds) problems.Add(problem.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The report as a plain table.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("image                             tokens f32  tokens int8  positions  codes   error f32  error int8");
        foreach (var image in Images)
        {
            var codes = image.SharedPositions > 0 ? (double)image.SharedCodes / image.SharedPositions : 1;
            text.AppendLine(CultureInfo.InvariantCulture, $"{Shortened(image.Name),-32}  {image.ReferenceTokens,10}  {image.CandidateTokens,11}  {image.Positions,9:P1}  {codes,6:P1}  {image.ReferenceError,9:0.0000}  {image.CandidateError,10:0.0000}");
        }
        text.Append(CultureInfo.InvariantCulture, $"{Images.Count} images: positions {Positions:P1}, codes {Codes:P1}, token counts differ by {CountDrift:P1}, error grows by {ErrorGrowth:0.0000}; encoding is {Gain:0.00} times as fast.");
        return text.ToString();
    }

    private static string Shortened(string name) => name.Length <= 32 ? name : "..." + name[^29..];
}
