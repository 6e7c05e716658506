/// The grammar on one page, for the reference.
package enum Grammar {
  /// Extended Backus–Naur form: `{ }` repeats, `[ ]` may be left out.
  package static let text = #"""
    program  = { stmt sep } ;                      sep = newline | ";"          (* ";" mutes the echo *)
    stmt     = def | index | assign | param | loop | jump | "use" string | "seed" expr
             | "assert" expr ["," expr] | expr ;
    def      = name "(" [ par {"," par} ] ")" "=" expr [where] ;
    par      = name [":" shape] ["=" expr] ;       shape = "[" name {"," name} "]" ;
    index    = name "[" name {"," name} "]" ":=" expr ["for" bind {"," bind}] [where] ;
    assign   = target {"," target} ("=" | "+=" | "-=" | "*=" | "/=") expr [where] ;
    target   = name | name "[" items "]" ;
    where    = "where" name "=" expr {"," name "=" expr} ;
    param    = "param" name "=" expr ["in" expr] [string] ;
    loop     = "for" name {"," name} "in" expr block | "while" expr block ;
    jump     = "break" | "continue" | "return" [expr] ;
    block    = "{" program "}" ;
    expr     = name "->" body | "(" names ")" "->" body | pipe ;      body = block | expr ;
    pipe     = chain { "|>" chain } ;              chain = or { ">>" or } ;
    (* operators, loosest to tightest:
       or · and · not · == != < <= > >= ~= (chainable) · .. ..= step · + - · * / // % @
       · unary - √ · coefficient · ^ (right) · call, index, field *)
    primary  = number | string | name | tensor | tuple | "|" expr "|" | if | block | reduce ;
    coeff    = number (name | "(" …)               (* no space; never after / // % ^ *)
    tensor   = "[" row { (";" | newline) row } "]" | "[" expr "for" bind {"," bind} "]" ;
    tuple    = "(" [ [name "="] expr {"," [name "="] expr} ] ")" ;
    items    = item {"," item} ;                   item = expr | [expr] ":" [expr] [":" expr] | "new" ;
    bind     = name "<" expr | name "in" expr ["step" expr] ;
    reduce   = ("sum"|"prod"|"max"|"min"|"mean"|"any"|"all") "[" over {"," over} "]" term ;
    over     = bind | name ;                       (* a bare name takes its range from what it indexes;
                                                      the body reaches over * / and stops at + - *)
    if       = "if" expr block { "else" "if" expr block } [ "else" block ] ;
    string   = '"' { character | "\" escape | "\(" expr {"," name "=" expr} ")" } '"' | 'r"' … '"' ;
    comment  = "#" … end of line ;                 (* #: header  #%% cell  #> recorded answer *)
    """#

  /// Signs of mathematics with their spelling on any keyboard.
  package static let signs = [
    ("π τ", "pi tau"), ("≤ ≥ ≠ ≈", "<= >= != ~="), ("∈", "in"), ("√", "sqrt"),
    ("·, ×", "*"), ("α β μ σ θ …", "\\alpha \\beta … with Tab"),
  ]
}
