unit Forms;

{ What samples use of the VCL, so that Free Pascal can compile them without it. }

interface

uses
  Classes;

type
  TForm = class(TComponent)
  end;

implementation

end.
